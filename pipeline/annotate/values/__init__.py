"""Numbers, amounts, dates and times in French and English text, as typed values. Recognise, never rewrite."""

from pipeline.annotate.values.dateorder import DateOrder, date_order
from pipeline.annotate.values.recognise import recognise
from pipeline.annotate.values.stated import infer, stated_date

__all__ = ["DateOrder", "date_order", "infer", "recognise", "stated_date"]
