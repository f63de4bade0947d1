-- A percentage and its target a hundred times apart: one was typed as a fraction (0.85 beside 85%), or as a whole
-- number into a cell that shows percentages (8500% beside 85%). A printed 1% beside a target of 90% is not meant.
SELECT
    document_id,
    place,
    value_text AS quote,
    quarter,
    measure,
    json_object('value_text', value_text, 'target_text', target_text) AS detail
FROM built.latest
WHERE value > 0
    AND target_value > 0
    AND (
        (unit IS NULL AND target_unit = 'percent' AND value <= 1 AND target_value > 1 AND target_value / value BETWEEN 70 AND 135)
        OR (unit = 'percent' AND target_unit IS NULL AND target_value <= 1 AND value > 1 AND value / target_value BETWEEN 70 AND 135)
        OR (unit = 'percent' AND target_unit = 'percent' AND value > 200 AND value / target_value BETWEEN 70 AND 135)
    )
