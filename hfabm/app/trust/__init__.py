"""How far to trust the model: against observation, on which evidence, and what it cannot say."""
