-- Received after the day the register sets.
SELECT
    d.document_id,
    e.quarter,
    json_object('council', e.council, 'directorate', e.directorate, 'document_role', e.document_role, 'days_late', e.days_late, 'due_on', e.due_on::VARCHAR) AS detail
FROM expected_returns AS e
INNER JOIN built.documents AS d USING (document_path)
WHERE e.days_late > 0
QUALIFY row_number() OVER (PARTITION BY e.council, e.directorate, e.document_role, e.financial_year, e.quarter ORDER BY d.document_id) = 1
