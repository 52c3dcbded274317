"""How fast an archive is built, taken further and asked, at growing sizes."""
