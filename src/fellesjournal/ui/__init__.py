"""What all pages for people share: the frame, words in catalogues, static files, dates and numbers."""
