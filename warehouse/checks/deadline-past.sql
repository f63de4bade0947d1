-- 'By March 2012', 'by 31/03/2012', 'by the end of 2012' or 'by 2012/13' in the wording of a measure that is still
-- reported after it. A year alone has to end its phrase: 'cut by 2012 tonnes' sets no deadline.
WITH worded AS (
    SELECT
        *,
        regexp_extract(
            measure,
            '(?i)\b(?:by|before|no later than) (?:the )?(?:end of )?(?:the )?(?:financial year |year )?('
            || '(?:\d{1,2}(?:st|nd|rd|th)? )?(?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,? 20\d\d\b'
            || '|\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d\b'
            || '|20\d\d ?[/-] ?(?:20)?\d\d\b'
            || '|20\d\d(?:$|[,;:.)]| (?:all|every|each|no|the|at least)\b)'
            || ')',
            1
        ) AS phrase
    FROM built.lines
    WHERE speaks AND is_first_part AND copy_no = 1 AND reported_period IS NOT NULL
),

named AS (
    SELECT
        * REPLACE (regexp_replace(phrase, '(?i)(?:[,;:.)]| all| every| each| no| the| at least)$', '') AS phrase),
        regexp_extract_all(phrase, '\d+') AS figures,
        lower(regexp_extract(phrase, '(?i)[a-z]{3,} ?,? ?20\d\d')) AS month
    FROM worded
    WHERE phrase != ''
),

dated AS (
    SELECT
        *,
        CASE
            WHEN month != '' THEN last_day(TRY_STRPTIME('1 ' || left(month, 3) || ' ' || right(month, 4), '%d %b %Y')::DATE)
            WHEN len(figures) = 3 THEN TRY_STRPTIME(figures[1] || '/' || figures[2] || '/20' || right(figures[3], 2), '%d/%m/%Y')::DATE
            WHEN len(figures) = 2 THEN make_date(figures[1]::INTEGER + 1, 3, 31)
            ELSE make_date(figures[1]::INTEGER, 12, 31)
        END AS deadline
    FROM named
    WHERE len(figures) != 2 OR month != '' OR right(figures[2], 2)::INTEGER = (figures[1]::INTEGER + 1) % 100
)

SELECT
    document_id,
    place,
    measure AS quote,
    reported_quarter AS quarter,
    measure,
    json_object('deadline', phrase) AS detail
FROM dated
WHERE deadline <= period_end(reported_period - 1)
