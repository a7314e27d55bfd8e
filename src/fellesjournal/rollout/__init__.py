"""Taking the record into use: the region that people practise in, before they meet real citizens."""
