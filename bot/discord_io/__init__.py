"""The border: Discord objects become values on the way in, values requests on the way out."""
