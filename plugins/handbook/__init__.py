"""The Cell Therapy Compliance Handbook: from clause files to a bilingual, cross-referenced site."""
