"""How the weights of ``qa.sentences`` and ``qa.judgement`` are learned: questions with known answers asked of an archive."""

from training.evidence.memory import MemoryView as MemoryView
