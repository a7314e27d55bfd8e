"""Text as files that are printed and read anywhere: PDF. Pure."""
