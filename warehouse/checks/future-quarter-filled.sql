-- A figure for a quarter that had not begun when the reported one ended. Reasons for none ('Not due') are in order.
SELECT
    document_id,
    place,
    value_text AS quote,
    quarter,
    measure,
    json_object('reported_quarter', reported_quarter) AS detail
FROM built.results
WHERE is_current AND copy_no = 1 AND period > reported_period AND value IS NOT NULL
