-- A result that a later document tells differently.
SELECT
    document_id,
    new_place AS place,
    new_text AS quote,
    quarter,
    measure,
    json_object('old_text', old_text, 'new_text', new_text, 'financial_year', financial_year, 'old_document_path', old_document_path) AS detail
FROM built.restatements
