"""What the report asks the warehouse, by the name that the pages know it under."""

QUESTIONS = {
    "documents": "SELECT * FROM documents ORDER BY financial_year, reported_quarter, directorate, document_path",
    "findings": """
        SELECT * FROM findings
        ORDER BY CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, document_path, place, rule""",
    "severities": "SELECT severity, count(*) AS number FROM findings GROUP BY ALL ORDER BY severity",
    "dimensions": """
        SELECT dimension, count(*) FILTER (severity = 'error') AS errors,
               count(*) FILTER (severity = 'warning') AS warnings, count(*) FILTER (severity = 'note') AS notes
        FROM findings GROUP BY ALL ORDER BY dimension""",
    "coverage": "SELECT * FROM coverage ORDER BY document_path",
    "rag_matrix": "SELECT * FROM rag_matrix ORDER BY ALL",
    "expected_returns": "SELECT * FROM expected_returns ORDER BY ALL",
    "measures": "SELECT * FROM cross_quarter ORDER BY ALL",
    "restatements": "SELECT * FROM restatements ORDER BY ALL",
    "reconciliation": "SELECT * FROM reconciliation ORDER BY ALL",
    "cells": """
        SELECT document_id, place, text, claim, meaning FROM readings.cells ORDER BY document_id, cell_no""",
    "rules": "SELECT DISTINCT rule FROM findings ORDER BY rule",
}
