"""What people who work here say of the screens, and what they are answered. Nothing of citizens gets in."""
