"""Every number that is known by the word before it, found in one pass over the words of a text."""

from casemill.personal.detector import Detector
from casemill.personal.numbered import KINDS

DETECTOR = Detector(KINDS.find, digits=1, yields=True, stems=KINDS.stems)
