"""The accessibility statement, made from what the tests of the pages found."""
