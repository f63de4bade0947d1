-- Words and numbers that the other files share: periods, plain text, a number's direction.

-- Quarters counted through: 2012/13 Q1 is 8048, the next 8049.
CREATE MACRO period_no(year, quarter) AS TRY_CAST(left(year, 4) AS INTEGER) * 4 + quarter - 1;
COMMENT ON MACRO period_no IS 'Number of a quarter counted through: period_no(''2012/13'', 1) is 8048';

CREATE MACRO period_year(period) AS (period // 4)::VARCHAR || '/' || lpad(((period // 4 + 1) % 100)::VARCHAR, 2, '0');
COMMENT ON MACRO period_year IS 'Financial year of a counted quarter: period_year(8048) is ''2012/13''';

CREATE MACRO period_quarter(period) AS period % 4 + 1;
COMMENT ON MACRO period_quarter IS 'Quarter 1 to 4 of a counted quarter: period_quarter(8048) is 1';

CREATE MACRO period_end(period) AS
    (make_date(period // 4, 4, 1) + to_months(3 * (period % 4 + 1)))::DATE - 1;
COMMENT ON MACRO period_end IS 'Last day of a counted quarter: period_end(8048) is 2012-06-30';

CREATE MACRO plain(said) AS trim(
    regexp_replace(regexp_replace(lower(said), '\.(\D|$)', ' \1', 'g'), '[^a-z0-9%.£<>]+', ' ', 'g')
);
COMMENT ON MACRO plain IS 'A text without case, spacing and punctuation, to compare two texts';

CREATE MACRO sentences(said) AS string_split(regexp_replace(said, '([.!?;])\s+', '\1' || chr(31), 'g'), chr(31));
COMMENT ON MACRO sentences IS 'A text as a list of its sentences; the point of a number ends none';

-- Five letters tell 'prevented' and 'prevention' to be one word, and 'consultation' from 'consumer'.
CREATE MACRO topic_words(said) AS
    list_distinct(
        [
            left(word, 5) FOR word IN string_split(plain(said), ' ')
            IF len(word) >= 4
                AND regexp_matches(word, '^[a-z]+$')
                AND NOT regexp_matches(word, '^(?:percent.*|number|increas.*|every|each|year.*|quarter.*|have|that|with|from|this|will|been|able|were|their|they|than|which|target|total|average|measure.*|result.*)$')
        ]
    );
COMMENT ON MACRO topic_words IS 'The beginnings of the words of a text that say what it is about';

CREATE MACRO agrees(told, cell) AS
    abs(cell - told) <= if(cell = round(cell) OR told = round(told), 0.5, 0.05) + 1e-9;
COMMENT ON MACRO agrees IS 'Whether a figure told in a text may be the rounded figure of a cell';

CREATE MACRO is_small_count(figure, unit) AS
    figure = round(figure) AND abs(figure) < 10 AND coalesce(unit, '') NOT IN ('percent', 'GBP');
COMMENT ON MACRO is_small_count IS 'Whether a figure is a whole number below ten, which comes back and jumps of itself: three meetings a quarter, one accident';

CREATE MACRO corrects(part_meant, value_meant, part_printed) AS
    part_meant IS NOT DISTINCT FROM part_printed OR (part_meant IS NULL AND value_meant IS NULL);
COMMENT ON MACRO corrects IS 'Whether a correction speaks of this part of a cell: of the same part, or a reason for no figure of any';

CREATE MACRO says(figure, status) AS figure IS NOT NULL OR status IN ('value', 'compound', 'text');
COMMENT ON MACRO says IS 'Whether a cell says something about the result, instead of giving a reason for none';

CREATE MACRO direction(now, before, aim, polarity) AS
    CASE
        WHEN now IS NULL OR before IS NULL THEN NULL
        WHEN now = before THEN 'No change'
        WHEN polarity = 'higher' THEN if(now > before, 'Improving', 'Worsening')
        WHEN polarity = 'lower' THEN if(now < before, 'Improving', 'Worsening')
        WHEN polarity = 'on target' AND aim IS NOT NULL THEN
            CASE
                WHEN abs(now - aim) = abs(before - aim) THEN 'No change'
                WHEN abs(now - aim) < abs(before - aim) THEN 'Improving'
                ELSE 'Worsening'
            END
        ELSE if(now > before, 'Increasing', 'Decreasing')
    END;
COMMENT ON MACRO direction IS 'Direction of travel: Improving or Worsening by polarity, Increasing or Decreasing where polarity is not known';

-- What counts from April has met a target that it should reach, or broken one that it should stay below, before the year
-- is over; anything else about it is open until then.
CREATE MACRO meets(figure, figure_unit, aim, aim_unit, polarity, counts_on) AS
    CASE
        WHEN figure_unit != aim_unit THEN NULL
        -- 0.95 beside 90% is a share or one in a hundred; 95 beside 90% is a percentage.
        WHEN figure_unit IS NULL AND aim_unit = 'percent' AND figure <= 1 THEN NULL
        WHEN aim_unit IS NULL AND figure_unit = 'percent' AND aim <= 1 THEN NULL
        WHEN polarity = 'higher' THEN if(counts_on AND figure < aim, NULL, figure >= aim)
        WHEN polarity = 'lower' THEN if(counts_on AND figure <= aim, NULL, figure <= aim)
        WHEN polarity = 'on target' THEN if(counts_on, NULL, figure = aim)
    END;
COMMENT ON MACRO meets IS 'Whether a figure meets its target; not known without polarity, in another unit, or while a count from April goes on';

CREATE MACRO fill(template, given) AS
    regexp_replace(
        list_reduce(
            list_prepend(template, coalesce(json_keys(given), [])),
            LAMBDA said, name : replace(said, '{' || name || '}', coalesce(given ->> name, '(not known)'))
        ),
        '\{[a-z_]+\}', '(not known)', 'g'
    );
COMMENT ON MACRO fill IS 'A message with its {names} filled from the values of a finding';
