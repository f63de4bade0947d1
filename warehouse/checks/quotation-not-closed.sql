-- A quotation mark before a word that nothing closes. Straight marks behind a figure are inches.
WITH counted AS (
    SELECT
        c.document_id,
        c.place,
        d.reported_quarter,
        c.text,
        len(regexp_extract_all(c.text, '(?:^|[\s(])"\w')) AS straight_opened,
        len(regexp_extract_all(c.text, '[^\s(]"(?:[\s).,;:?!]|$)')) AS straight_closed,
        len(regexp_extract_all(c.text, '“')) AS opened,
        len(regexp_extract_all(c.text, '”')) AS closed,
        regexp_extract(c.text, '((?:^|[\s(])"\w[^"]*|“[^”]*)$') AS last_opened
    FROM readings.cells AS c
    INNER JOIN built.documents AS d USING (document_id)
    WHERE d.is_current AND c.claim = 'value' AND regexp_matches(c.text, '["“]')
)

SELECT document_id, place, left(trim(last_opened), 60) AS quote, reported_quarter AS quarter
FROM counted
WHERE last_opened != '' AND (straight_opened = straight_closed + 1 OR opened = closed + 1)
