-- A measure of the scorecard before, in the same year, that this one does not list and no new measure replaces.
SELECT
    document_id,
    measure AS quote,
    quarter,
    measure,
    json_object('old_quarter', old_quarter, 'old_year', old_year, 'old_value', coalesce(last_value, 'no result')) AS detail
FROM measure_changes
WHERE change IN ('dropped', 'replaced') AND old_year = financial_year
