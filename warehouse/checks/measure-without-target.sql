-- A measure whose target cell gives none. Documents without any target column are not meant.
SELECT
    l.document_id,
    coalesce(l.target_place, l.place) AS place,
    coalesce(l.target_text, '') AS quote,
    l.reported_quarter AS quarter,
    l.measure,
    json_object('target_text', coalesce(l.target_text, 'the cell is blank')) AS detail
FROM built.lines AS l
SEMI JOIN (SELECT document_id FROM built.lines WHERE target_text IS NOT NULL) AS t ON l.document_id = t.document_id
WHERE l.speaks AND l.is_first_part AND l.copy_no = 1 AND NOT coalesce(says(l.target_value, l.target_status), false)
