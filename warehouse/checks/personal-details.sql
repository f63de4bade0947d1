-- An e-mail address or a telephone number in a text that may be published. The finding shows its beginning only.
WITH texts AS (
    SELECT
        p.document_id,
        coalesce(p.progress_summary_place, p.place) AS place,
        p.progress_summary AS text,
        d.reported_quarter,
        NULL AS measure
    FROM built.priorities AS p
    INNER JOIN built.documents AS d USING (document_id)
    UNION ALL
    SELECT document_id, place, comments, reported_quarter, measure
    FROM built.lines
    WHERE is_first_part
),

found AS (
    SELECT
        *,
        'an e-mail address' AS what,
        unnest(regexp_extract_all(text, '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+')) AS said
    FROM texts
    WHERE contains(text, '@')
    UNION ALL
    -- Ten or eleven figures that begin with 0, +44 or 0044, in groups.
    SELECT
        *,
        'a telephone number',
        unnest(regexp_extract_all(' ' || text, '[^0-9A-Za-z.,£/-](\(?(?:\+44 ?(?:\(0\) ?)?|0044 ?|0)[1-9][0-9]{1,4}\)?(?:[ -]?[0-9]{3,4}){2})(?:[^0-9]|$)', 1))
    FROM texts
)

SELECT DISTINCT
    document_id,
    place,
    left(trim(said), 3) || '…' AS quote,
    reported_quarter AS quarter,
    measure,
    json_object('what', what) AS detail
FROM found
WHERE what = 'an e-mail address' OR len(regexp_replace(regexp_replace(said, '^\(?(\+|00)44 ?(\(0\))?', '0'), '[^0-9]', '', 'g')) BETWEEN 10 AND 11
