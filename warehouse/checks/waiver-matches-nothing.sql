-- A waiver in force that speaks of no finding: its rule, path, place or measure is written wrongly, or the finding is
-- gone. Asked when every other check has been.
SELECT
    d.document_id,
    w.place,
    w.why AS quote,
    w.measure,
    json_object(
        'waived_rule', w.rule, 'until', w.until::VARCHAR, 'document_path', w.document_path,
        'how', if(
            r.rule IS NULL,
            'there is no rule of that name',
            'nothing of that kind is found ' || concat_ws(
                ', ', 'at ' || w.place, 'in ' || w.document_path, 'for “' || w.measure || '”', if(coalesce(w.place, w.document_path, w.measure) IS NULL, 'anywhere', NULL)
            )
        )
    ) AS detail
FROM waivers AS w
LEFT JOIN codes.rules AS r USING (rule)
LEFT JOIN built.documents AS d USING (document_path)
WHERE w.state = 'matches no finding'
QUALIFY row_number() OVER (PARTITION BY w.rule, w.document_path, w.place, w.measure, w.until ORDER BY d.document_id) = 1
