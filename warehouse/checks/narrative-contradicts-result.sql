-- A percentage or a count in the progress summary that says it is this quarter's result, against the cells of the
-- priority: '72% (Q1)', 'Q1 result was 72%', or the figure the summary opens with. It contradicts only when no
-- result or target of that priority is that figure.
WITH texts AS (
    SELECT
        p.document_id,
        p.priority_no,
        p.progress_summary AS text,
        coalesce(p.progress_summary_place, p.place) AS place,
        d.reported_quarter,
        d.reported_period
    FROM built.priorities AS p
    INNER JOIN built.documents AS d USING (document_id)
    WHERE d.is_current AND p.progress_summary IS NOT NULL AND d.reported_period IS NOT NULL
),

cells AS (
    SELECT
        r.document_id,
        r.priority_no,
        r.period,
        list(r.value ORDER BY r.measure_no, r.part) AS results,
        list(r.target_value ORDER BY r.measure_no, r.part) FILTER (WHERE r.target_value IS NOT NULL) AS targets,
        count(*) FILTER (WHERE r.unit = 'percent') AS percentages,
        min(coalesce(r.unit, r.target_unit)) FILTER (WHERE coalesce(r.unit, r.target_unit, 'percent') NOT IN ('percent', 'GBP')) AS counted,
        arg_min(r.measure, (r.measure_no, r.part)) AS measure,
        arg_min(r.value_text, (r.measure_no, r.part)) AS value_text,
        count(*) AS figures
    FROM built.results AS r
    WHERE r.value IS NOT NULL AND r.priority_no IS NOT NULL
    GROUP BY ALL
),

labelled AS (
    SELECT *, unnest(regexp_extract_all(text, '(?i)[0-9.,]+ ?(?:%|per ?cent) ?\((?:in |at |for )?(?:q|quarter ?)[1-4]\)')) AS said FROM texts
    UNION ALL
    SELECT *, unnest(regexp_extract_all(text, '(?i)\b(?:q|quarter ?)[1-4] (?:result|performance|figure|outturn|score) (?:was|is|of|stands at|at) [0-9.,]*[0-9] ?(?:%|per ?cent)')) FROM texts
),

stated AS (
    SELECT
        * EXCLUDE (text, reported_quarter),
        regexp_extract(lower(said), '(?:q|quarter ?)([1-4])', 1)::INTEGER AS quarter,
        TRY_CAST(replace(regexp_extract(said, '([0-9.,]*[0-9]) ?(?:%|(?i)per ?cent)', 1), ',', '') AS DOUBLE) AS figure,
        'percent' AS unit,
        false AS opening
    FROM labelled
    WHERE quarter <= reported_quarter
    UNION ALL
    SELECT
        t.* EXCLUDE (text, reported_quarter),
        regexp_extract(t.text, '(?i)^(?:there (?:was|were|is|are) |currently )?([0-9.,]*[0-9] ?(?:%|per ?cent))', 1) AS said,
        t.reported_quarter,
        TRY_CAST(replace(regexp_extract(said, '^[0-9.,]*[0-9]'), ',', '') AS DOUBLE),
        'percent',
        true
    FROM texts AS t
    WHERE said != ''
    UNION ALL
    SELECT
        t.* EXCLUDE (text, reported_quarter),
        regexp_extract(t.text, '(?i)^(?:there (?:was|were|is|are) |currently )?([0-9][0-9,]* [a-z]+)', 1) AS said,
        t.reported_quarter,
        TRY_CAST(replace(regexp_extract(said, '^[0-9,]*[0-9]'), ',', '') AS DOUBLE),
        lower(regexp_extract(said, '[a-zA-Z]+$')),
        true
    FROM texts AS t
    WHERE said != ''
)

SELECT DISTINCT
    s.document_id,
    s.place,
    s.said AS quote,
    s.quarter,
    c.measure,
    json_object('said', s.said, 'value_text', c.value_text) AS detail
FROM stated AS s
INNER JOIN cells AS c
    ON s.document_id = c.document_id
    AND s.priority_no = c.priority_no
    AND c.period = s.reported_period - (period_quarter(s.reported_period) - s.quarter)
WHERE s.figure IS NOT NULL
    AND if(s.unit = 'percent', c.percentages > 0, lower(c.counted) = s.unit)
    AND (NOT s.opening OR c.figures = 1)
    AND NOT list_bool_or([abs(v - s.figure) <= if(v = round(v) OR s.figure = round(s.figure), 0.5, 0.05) + 1e-9 FOR v IN c.results])
    AND NOT list_contains(coalesce(c.targets, []), s.figure)
