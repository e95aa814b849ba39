"""The frozen vocabulary: every fact an expression may name, with its type, unit and a sentence."""
