-- A figure in the progress summary that says it is the result of a quarter, against the cells of the priority:
-- '72% (Q1)', 'Q1 result was 72%', 'performance in quarter 1 was 72%', '72% in Q1'; or '62% of relevant reports
-- evidenced ...' as the first words, which speaks of the reported quarter. The sentence has to speak of the measure:
-- of the result by name, or in words of its wording ('the response rate was 65% (Q1)' is about something else).
-- A text that gives the cell's figure anywhere, or what is left of it to 100, does not contradict it.
WITH texts AS (
    SELECT
        p.document_id,
        p.priority_no,
        p.progress_summary AS text,
        coalesce(p.progress_summary_place, p.place) AS place,
        d.financial_year,
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
        topic_words(string_agg(concat_ws(' ', r.measure, r.priority), ' ' ORDER BY r.measure_no, r.part)) AS topics,
        count(*) AS figures
    FROM built.results AS r
    WHERE r.value IS NOT NULL AND r.priority_no IS NOT NULL
    GROUP BY ALL
),

sentences AS (
    SELECT *, unnest(sentences(text)) AS sentence FROM texts
),

labelled AS (
    SELECT
        * EXCLUDE (text),
        unnest(
            list_concat(
                regexp_extract_all(sentence, '(?i)[0-9][0-9.,]* ?(?:%|per ?cent) \(?(?:in |at |for )?(?:the end of )?(?:q|qtr ?|quarter ?)[1-4](?: (?:of )?20[0-9/-]+)?\)?'),
                regexp_extract_all(sentence, '(?i)\b(?:q|qtr ?|quarter ?)[1-4](?: (?:of )?20[0-9/-]+)? (?:result|performance|figure|outturn|score|actual)s? (?:was|were|is|of|stood at|stands at|at) [0-9][0-9.,]* ?(?:%|per ?cent)'),
                regexp_extract_all(sentence, '(?i)\b(?:result|performance|figure|outturn|score|actual)s? (?:for |in |at )?(?:the end of )?(?:(?:q|qtr ?|quarter ?)[1-4](?: (?:of )?20[0-9/-]+)?|(?:the|this) quarter) (?:was|were|is|of|stood at|stands at|at) [0-9][0-9.,]* ?(?:%|per ?cent)')
            )
        ) AS said
    FROM sentences
    WHERE NOT regexp_matches(sentence, '(?i)\b(?:last|previous|prior|preceding) (?:financial )?year|year (?:ago|before)')
),

opened AS (
    SELECT
        * EXCLUDE (text),
        regexp_extract(sentence, '(?i)^(?:there (?:was|were|is|are) |currently )?([0-9][0-9.,]* ?(?:%|per ?cent|[a-z]+))', 1) AS said
    FROM sentences
    WHERE starts_with(text, sentence)
        AND NOT regexp_matches(
            sentence,
            '(?i)\b(?:last|previous|prior|preceding|ago|target|not|no|none|without|fail|failed|yet|increase|decrease|reduction|rise|fall|drop|more|fewer|less|below|above|under|over|short)\b'
        )
),

stated AS (
    SELECT
        * EXCLUDE (said),
        trim(said) AS said,
        coalesce(TRY_CAST(regexp_extract(lower(said), '(?:q|qtr ?|quarter ?)([1-4])', 1) AS INTEGER), reported_quarter) AS quarter,
        regexp_extract(said, '([0-9][0-9.,]*) ?(?:%|(?i)per ?cent)', 1) AS figure,
        'percent' AS unit,
        false AS opening
    FROM labelled
    WHERE quarter <= reported_quarter AND regexp_extract(said, '20[0-9/-]+') IN ('', financial_year, replace(financial_year, '/', '-'))
    UNION ALL
    SELECT *, reported_quarter, regexp_extract(said, '^[0-9][0-9.,]*'), 'percent', true
    FROM opened
    WHERE regexp_matches(said, '(?i)(?:%|per ?cent)$')
    UNION ALL
    SELECT *, reported_quarter, regexp_extract(said, '^[0-9][0-9.,]*'), lower(regexp_extract(said, '[a-zA-Z]+$')), true
    FROM opened
    WHERE said != '' AND NOT regexp_matches(said, '(?i)(?:%|per ?cent)$')
),

figured AS (
    SELECT
        s.* EXCLUDE (figure),
        c.* EXCLUDE (document_id, priority_no, period),
        TRY_CAST(rtrim(replace(s.figure, ',', ''), '.') AS DOUBLE) AS figure,
        [TRY_CAST(replace(n, ',', '') AS DOUBLE) FOR n IN regexp_extract_all(t.text, '[0-9][0-9,]*(?:\.[0-9]+)?')] AS told,
        len(list_intersect(topic_words(s.sentence), c.topics)) AS shared
    FROM stated AS s
    INNER JOIN texts AS t ON s.document_id = t.document_id AND s.priority_no = t.priority_no
    INNER JOIN cells AS c
        ON s.document_id = c.document_id
        AND s.priority_no = c.priority_no
        AND c.period = s.reported_period - (s.reported_quarter - s.quarter)
    WHERE if(s.unit = 'percent', c.percentages > 0, lower(c.counted) = s.unit)
)

SELECT DISTINCT
    document_id,
    place,
    said AS quote,
    quarter,
    measure,
    json_object('said', said, 'value_text', value_text) AS detail
FROM figured
WHERE figure IS NOT NULL
    AND if(
        opening,
        figures = 1 AND shared >= 2,
        shared >= 1 OR regexp_matches(sentence, '(?i)^(?:it|this)\b|\b(?:results?|performance|outturn|scores?|indicator|measure|achieved)\b')
    )
    AND NOT list_contains(coalesce(targets, []), figure)
    AND NOT list_bool_or([list_bool_or([agrees(n, v) FOR n IN told]) FOR v IN results])
    AND (unit != 'percent' OR NOT list_bool_or([agrees(100 - figure, v) FOR v IN results]))
