-- A result that a later document tells differently.
SELECT
    document_id,
    new_place AS place,
    new_text AS quote,
    quarter,
    measure,
    json_object(
        'old_text', as_read(old_text, old_document_path, old_place),
        'new_text', as_read(new_text, new_document_path, new_place), 'financial_year', financial_year,
        'old_document_path', old_document_path, 'old_place', old_place
    ) AS detail
FROM built.restatements
