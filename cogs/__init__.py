"""Thin translators between Discord and Concord's services: one cog, one audience."""
