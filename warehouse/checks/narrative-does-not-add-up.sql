-- Figures of one text that disagree with each other: more parts than the whole, '74 of 82 (95%)', or two
-- percentages that make 100 with counts that do not.
WITH texts AS (
    SELECT p.document_id, coalesce(p.progress_summary_place, p.place) AS place, replace(p.progress_summary, ',', '') AS text, d.reported_quarter
    FROM built.priorities AS p
    INNER JOIN built.documents AS d USING (document_id)
    WHERE d.is_current AND p.progress_summary IS NOT NULL
),

sums AS (
    SELECT
        *,
        regexp_extract(
            text, '(?i)\b(\d+) [a-z][^.]{0,100}\. *of these,? (\d+) [^.0-9]{1,120} and (\d+) [^.]{1,120}\.', ['total', 'one', 'two']
        ) AS parts
    FROM texts
),

ratios AS (
    SELECT
        *,
        unnest(
            list_concat(
                regexp_extract_all(text, '(?i)\b\d+ (?:out )?of (?:the |these |all )?\d+ [a-z ]{0,30}\(\d+(?:\.\d+)?%\)'),
                regexp_extract_all(text, '(?i)\b\d+ (?:out )?of (?:the |these |all )?\d+ \(\d+(?:\.\d+)?%\)')
            )
        ) AS said
    FROM texts
),

ratio_parts AS (
    SELECT
        *,
        regexp_extract(said, '(?i)(\d+) (?:out )?of (?:the |these |all )?(\d+)[^(]*\((\d+(?:\.\d+)?)%\)', ['part', 'whole', 'rate']) AS n
    FROM ratios
),

pairs AS (
    SELECT *, regexp_extract_all(text, '\d+(?:\.\d+)?% \(\d+\)') AS said FROM texts
),

halves AS (
    SELECT
        * EXCLUDE (said),
        said[1] || ', ' || said[2] AS said,
        regexp_extract(said[1], '^[0-9.]+')::DOUBLE AS rate_one,
        regexp_extract(said[2], '^[0-9.]+')::DOUBLE AS rate_two,
        regexp_extract(said[1], '\((\d+)\)', 1)::DOUBLE AS count_one,
        regexp_extract(said[2], '\((\d+)\)', 1)::DOUBLE AS count_two
    FROM pairs
    WHERE len(said) = 2
),

found AS (
    SELECT document_id, place, reported_quarter, parts.one || ' and ' || parts.two || ' of ' || parts.total AS said
    FROM sums
    WHERE parts.total != '' AND parts.one::BIGINT + parts.two::BIGINT > parts.total::BIGINT
    UNION
    SELECT document_id, place, reported_quarter, said
    FROM ratio_parts
    WHERE n.whole::DOUBLE > 0 AND abs(100 * n.part::DOUBLE / n.whole::DOUBLE - n.rate::DOUBLE) > if(contains(n.rate, '.'), 0.1, 1)
    UNION
    SELECT document_id, place, reported_quarter, said
    FROM halves
    WHERE rate_one + rate_two = 100 AND count_one + count_two > 0
        AND abs(100 * count_one / (count_one + count_two) - rate_one) > 1
)

SELECT document_id, place, said AS quote, reported_quarter AS quarter, json_object('said', said) AS detail FROM found
