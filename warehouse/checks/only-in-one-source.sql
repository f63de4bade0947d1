-- A result that only the scorecard, or only the return, of the same directorate and period gives.
SELECT
    if(status = 'only in the return', return_id, scorecard_id) AS document_id,
    coalesce(scorecard_place, return_place) AS place,
    coalesce(scorecard_text, return_text) AS quote,
    quarter,
    measure,
    json_object('how', status) AS detail
FROM built.reconciliation
WHERE field = 'result' AND status IN ('only in the scorecard', 'only in the return')
