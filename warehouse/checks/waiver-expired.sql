-- A waiver whose day has passed.
SELECT
    d.document_id,
    w.place,
    w.why AS quote,
    w.measure,
    json_object('waived_rule', w.rule, 'until', w.until::VARCHAR, 'document_path', w.document_path) AS detail
FROM codes.waivers AS w
LEFT JOIN built.documents AS d ON w.document_path = d.document_path
WHERE w.until < (SELECT as_of FROM built.run)
QUALIFY row_number() OVER (PARTITION BY w.rule, w.document_path, w.place, w.measure, w.until ORDER BY d.document_id) = 1
