-- The same period told differently by a later document of the same role. Equal content in another format is none, and
-- the same change told by the scorecard and by the return is one restatement, shown where it was told first.
CREATE TABLE built.restatements AS
WITH told AS (
    SELECT
        *,
        lag({
            value: value, unit: unit, value_text: value_text, value_status: value_status,
            document_path: document_path, place: place, known_on: known_on,
            year: document_year, quarter: reported_quarter
        }) OVER (
            PARTITION BY council, lineage, measure_id, part, period, document_role
            ORDER BY reported_period, revision, document_id
        ) AS old
    FROM built.results
    WHERE copy_no = 1 AND reported_period IS NOT NULL AND directorate IS NOT NULL AND document_role IS NOT NULL
),

changed AS (
    SELECT
        *,
        [
            coalesce(old.value::VARCHAR, plain(old.value_text)), coalesce(value::VARCHAR, plain(value_text)),
            coalesce(old.unit, ''), coalesce(unit, '')
        ] AS what
    FROM told
    WHERE says(old.value, old.value_status)
        AND (
            value IS DISTINCT FROM old.value
            OR (unit IS DISTINCT FROM old.unit AND unit IS NOT NULL AND old.unit IS NOT NULL)
            OR (value IS NULL AND plain(value_text) != plain(old.value_text))
        )
),

-- A figure that goes back and forth changes several times in one role.
counted AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY council, lineage, measure_id, part, period, what, document_role
            ORDER BY reported_period, revision, document_id
        ) AS time_no
    FROM changed
)

SELECT
    council,
    directorate,
    measure,
    measure_id,
    part,
    financial_year,
    quarter,
    document_role,
    CASE
        WHEN NOT coalesce(says(value, value_status), false) THEN 'withdrawn'
        WHEN value IS NOT DISTINCT FROM old.value AND unit IS DISTINCT FROM old.unit THEN 'unit'
        WHEN value IS NOT NULL AND old.value IS NOT NULL THEN 'figure'
        ELSE 'words'
    END AS kind,
    old.value AS old_value,
    value AS new_value,
    round(value - old.value, 10) AS change,
    CASE WHEN old.value != 0 THEN round(100 * (value - old.value) / abs(old.value), 2) END AS change_percent,
    old.value_text AS old_text,
    value_text AS new_text,
    unit,
    old.document_path AS old_document_path,
    document_path AS new_document_path,
    old.place AS old_place,
    place AS new_place,
    old.known_on AS old_known_on,
    known_on AS new_known_on,
    document_id,
    document_year,
    reported_quarter,
    array_to_string(list_reverse_sort(list(document_role) OVER same), ' and ') AS told_by
FROM counted
WINDOW same AS (PARTITION BY council, lineage, measure_id, part, period, what, time_no)
QUALIFY row_number() OVER (
    PARTITION BY council, lineage, measure_id, part, period, what, time_no
    ORDER BY known_on NULLS LAST, reported_period, document_role DESC, document_id
) = 1
ORDER BY council, directorate, period, measure_id, part, document_role, reported_period, revision;
COMMENT ON TABLE built.restatements IS 'Results told differently by a later document';
COMMENT ON COLUMN built.restatements.kind IS 'figure (another number), unit, words, or withdrawn (a result became a reason for none)';

-- Example: SELECT directorate, measure, financial_year, quarter, old_text, new_text, old_document_path, new_document_path FROM restatements ORDER BY ALL
CREATE VIEW restatements AS
SELECT * FROM built.restatements;
COMMENT ON VIEW restatements IS 'The same period, another value in a later document of the same role: both values, both documents, the size of the change; one row even where scorecard and return restate alike (told_by)';
COMMENT ON COLUMN restatements.kind IS 'figure (another number), unit, words, or withdrawn (a result became a reason for none)';

-- Example: SELECT measure, financial_year, quarter, first_told, after_one_quarter, after_two_quarters, after_three_quarters, revised_by FROM revisions ORDER BY ALL
CREATE VIEW revisions AS
SELECT
    council,
    directorate,
    measure_id,
    part,
    financial_year,
    quarter,
    document_role,
    arg_max(measure, (reported_period, revision, document_id)) AS measure,
    arg_min(value, (reported_period, revision, document_id)) AS first_told,
    arg_max(value, (revision, document_id)) FILTER (WHERE reported_period = period) AS in_its_quarter,
    arg_max(value, (revision, document_id)) FILTER (WHERE reported_period = period + 1) AS after_one_quarter,
    arg_max(value, (revision, document_id)) FILTER (WHERE reported_period = period + 2) AS after_two_quarters,
    arg_max(value, (revision, document_id)) FILTER (WHERE reported_period = period + 3) AS after_three_quarters,
    arg_max(value, (reported_period, revision, document_id)) FILTER (WHERE reported_period > period + 3) AS later,
    arg_max(value, (reported_period, revision, document_id)) AS last_told,
    round(last_told - first_told, 10) AS revised_by,
    count(*) AS times_told,
    count(DISTINCT reported_period) AS periods_told
FROM built.results
WHERE value IS NOT NULL AND copy_no = 1 AND period IS NOT NULL AND reported_period >= period
    AND directorate IS NOT NULL AND document_role IS NOT NULL
GROUP BY council, directorate, measure_id, part, financial_year, quarter, document_role;
COMMENT ON VIEW revisions IS 'The revision triangle: rows are the periods that results speak of, columns the documents of that quarter and of one, two, three quarters later';

-- Example: SELECT directorate, document_role, figures_told_again, mean_revision, mean_absolute_revision FROM revision_summary ORDER BY ALL
CREATE VIEW revision_summary AS
SELECT
    council,
    directorate,
    document_role,
    count(*) AS figures,
    count(*) FILTER (WHERE periods_told > 1 OR revised_by != 0) AS figures_told_again,
    count(*) FILTER (WHERE revised_by != 0) AS figures_revised,
    round(avg(revised_by / nullif(abs(first_told), 0) * 100 ORDER BY measure_id, part, financial_year, quarter) FILTER (WHERE periods_told > 1 OR revised_by != 0), 4) AS mean_revision,
    round(avg(abs(revised_by) / nullif(abs(first_told), 0) * 100 ORDER BY measure_id, part, financial_year, quarter) FILTER (WHERE periods_told > 1 OR revised_by != 0), 4) AS mean_absolute_revision
FROM revisions
GROUP BY ALL;
COMMENT ON VIEW revision_summary IS 'Per directorate and role: how many figures were told again, and by how much they moved, in percent of the first figure';
