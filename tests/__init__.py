"""Tests by stage; golden files as text."""
