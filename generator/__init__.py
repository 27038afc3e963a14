"""绩效 (jixiao): evaluation data and a Word template become a complete performance evaluation report."""

__version__ = "0.1.0"
