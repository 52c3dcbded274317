"""Measure answers: evidence given the paragraph, end to end, "not found", near misses, spans, time beyond retrieval."""
