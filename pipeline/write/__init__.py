"""What goes out: the English text, the record that leads back to the source, the manifest of the run."""
