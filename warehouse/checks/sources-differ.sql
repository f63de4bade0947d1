-- Scorecard and return of the same directorate and period say different things.
SELECT
    scorecard_id AS document_id,
    scorecard_place AS place,
    scorecard_text AS quote,
    coalesce(quarter, reported_quarter) AS quarter,
    measure,
    json_object(
        'field', if(field = 'rag', 'RAG rating', field), 'scorecard_text', as_read(scorecard_text, scorecard_path, scorecard_place),
        'return_text', as_read(return_text, return_path, return_place), 'return_path', return_path,
        'return_place', return_place, 'how', if(status = 'unit', 'another unit', 'different')
    ) AS detail
FROM built.reconciliation
WHERE status IN ('different', 'unit')
