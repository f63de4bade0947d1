-- Figures of one text that disagree with each other: '649 + 12 = 651', '74 of 82 (95%)', two percentages that make
-- 100 with counts that do not, or a whole whose two parts overshoot it by a slip. Two parts that overshoot it by much
-- are two views of one whole ('of these, 74 were in time and 62 of high quality').
WITH texts AS (
    SELECT
        p.document_id,
        p.priority_no,
        coalesce(p.progress_summary_place, p.place) AS place,
        regexp_replace(p.progress_summary, '(\d),(\d\d\d)\b', '\1\2', 'g') AS text,
        d.reported_quarter
    FROM built.priorities AS p
    INNER JOIN built.documents AS d USING (document_id)
    WHERE d.is_current AND p.progress_summary IS NOT NULL
),

wholes AS (
    SELECT
        *,
        regexp_extract(
            text, '(?i)\b(\d+) [a-z][^.]{0,100}\. *of these,? (\d+) [^.0-9]{1,120} and (?:the other |the remaining )?(\d+) [^.]{1,120}\.',
            ['total', 'one', 'two']
        ) AS parts
    FROM texts
),

sums AS (
    SELECT *, unnest(regexp_extract_all(text, '\b\d+ ?\+ ?\d+ ?= ?\d+\b')) AS said FROM texts
),

ratios AS (
    SELECT
        *,
        unnest(
            list_concat(
                [
                    {said: said, n: regexp_extract(said, '(\d+)\D+(\d+)[^(]*\((\d+(?:\.\d+)?)%', ['part', 'whole', 'rate'])}
                    FOR said IN regexp_extract_all(text, '(?i)\b\d+(?: (?:out )?of (?:the |these |all )?|/)\d+ (?:[a-z][a-z -]{0,40})?\(\d+(?:\.\d+)?%\)')
                ],
                [
                    {said: said || ')', n: regexp_extract(said, '(\d+(?:\.\d+)?)%\D+(\d+)\D+(\d+)', ['rate', 'part', 'whole'])}
                    FOR said IN regexp_extract_all(text, '(?i)\b\d+(?:\.\d+)?% \(\d+(?: (?:out )?of (?:the |these |all )?|/)\d+\b')
                ]
            ),
            recursive := true
        )
    FROM texts
),

pairs AS (
    SELECT
        *,
        regexp_extract_all(text, '\d+(?:\.\d+)?% \(\d+\)(?: of )?') AS said
    FROM texts
),

-- '60% (12) of schools and 40% (80) of nurseries' are parts of two wholes.
halves AS (
    SELECT
        * EXCLUDE (said),
        said[1] || ', ' || said[2] AS said,
        regexp_extract(said[1], '^[0-9.]+')::DOUBLE AS rate_one,
        regexp_extract(said[2], '^[0-9.]+')::DOUBLE AS rate_two,
        regexp_extract(said[1], '\((\d+)\)', 1)::DOUBLE AS count_one,
        regexp_extract(said[2], '\((\d+)\)', 1)::DOUBLE AS count_two
    FROM pairs
    WHERE len(said) = 2 AND NOT ends_with(said[2], ' of ')
),

found AS (
    SELECT document_id, place, reported_quarter, parts.one || ' and ' || parts.two || ' of ' || parts.total AS said
    FROM wholes
    WHERE parts.total != '' AND len(parts.total) < 10
        AND (parts.one::DOUBLE + parts.two::DOUBLE) / parts.total::DOUBLE BETWEEN 1.0000001 AND 1.03
    UNION
    SELECT document_id, place, reported_quarter, said
    FROM sums
    WHERE list_sum([x::DOUBLE FOR x IN regexp_extract_all(said, '\d+')]) != 2 * regexp_extract(said, '\d+$')::DOUBLE
    UNION
    -- 'Nine out of 10 (88%)' is a figure of speech; a whole of 2012 may be a year.
    SELECT document_id, place, reported_quarter, said
    FROM ratios
    WHERE whole::DOUBLE NOT IN (0, 10, 100) AND whole::DOUBLE NOT BETWEEN 1990 AND 2100
        AND abs(100 * part::DOUBLE / whole::DOUBLE - rate::DOUBLE) > if(contains(rate, '.'), 0.1, 1)
    UNION
    SELECT document_id, place, reported_quarter, rtrim(said, ' of') AS said
    FROM halves
    WHERE rate_one + rate_two = 100 AND count_one + count_two > 0
        AND abs(100 * count_one / (count_one + count_two) - rate_one) > 1
)

SELECT document_id, place, said AS quote, reported_quarter AS quarter, json_object('said', said) AS detail FROM found
