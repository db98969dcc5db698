"""Pictures of answers: the title states the finding, axes have units, uncertainty is drawn."""
