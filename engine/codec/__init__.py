"""How the engine's types are written and read: canonical JSON and definition documents."""
