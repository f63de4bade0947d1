-- 'By March 2012' in the wording of a measure that is still reported after it.
WITH found AS (
    SELECT
        *,
        regexp_extract(
            measure,
            '(?i)\bby (?:the end of |end of )?(?:\d{1,2}(?:st|nd|rd|th)? )?((?:january|february|march|april|may|june|july|august|september|october|november|december) \d{4})\b',
            1
        ) AS deadline
    FROM built.lines
    WHERE speaks AND is_first_part AND copy_no = 1 AND reported_period IS NOT NULL
)

SELECT
    document_id,
    place,
    measure AS quote,
    reported_quarter AS quarter,
    measure,
    json_object('deadline', deadline) AS detail
FROM found
WHERE deadline != '' AND last_day(strptime('1 ' || deadline, '%d %B %Y')::DATE) <= period_end(reported_period - 1)
