-- Due by the register, not received.
SELECT
    quarter,
    json_object('council', council, 'directorate', directorate, 'document_role', document_role, 'financial_year', financial_year, 'quarter', quarter) AS detail
FROM expected_returns
WHERE missing
