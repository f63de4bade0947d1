-- The documents with what only the whole of raw/ can tell: revision, which one is current, when it was known.
CREATE TABLE built.documents AS
WITH placed AS (
    SELECT
        d.* REPLACE (c.council AS council),
        coalesce(n.lineage, d.directorate) AS lineage,
        period_no(d.financial_year, d.reported_quarter) AS reported_period,
        d.status = 'read'
        AND d.directorate IS NOT NULL
        AND d.document_role IS NOT NULL
        AND d.financial_year IS NOT NULL
        AND d.reported_quarter IS NOT NULL AS is_placed
    FROM readings.documents AS d
    INNER JOIN built.councils AS c USING (document_id)
    LEFT JOIN built.lineages AS n ON d.directorate = n.directorate AND c.council IS NOT DISTINCT FROM n.council
),

numbered AS (
    SELECT
        *,
        row_number() OVER w AS revision_no,
        count(*) OVER (PARTITION BY is_placed, council, lineage, financial_year, reported_quarter, document_role) AS revisions
    FROM placed
    WINDOW
        w AS (
            PARTITION BY is_placed, council, lineage, financial_year, reported_quarter, document_role
            ORDER BY received_on NULLS FIRST, document_path, document_id
        )
),

dated AS (
    SELECT
        * EXCLUDE (revision_no, revisions),
        if(is_placed, revision_no, 1)::INTEGER AS revision,
        status = 'read' AND (NOT is_placed OR revision_no = revisions) AS is_current,
        is_placed AND revision_no < revisions AS is_replaced,
        coalesce(received_on, period_end(reported_period) + 1) AS known_on,
        received_on IS NULL AS known_on_assumed
    FROM numbered
),

ranks AS (
    SELECT document_role, min(rank) AS rank
    FROM codes.sources
    WHERE council IS NULL AND directorate IS NULL AND measure_id IS NULL
    GROUP BY document_role
)

SELECT
    d.* EXCLUDE (is_placed),
    d.is_current AND (
        NOT d.is_placed
        OR row_number() OVER (
            PARTITION BY d.is_placed, d.is_current, d.council, d.lineage, d.reported_period
            ORDER BY coalesce(r.rank, 99), d.document_role
        ) = 1
    ) AS speaks
FROM dated AS d
LEFT JOIN ranks AS r USING (document_role)
ORDER BY council, directorate, reported_period, document_role, revision, document_id;
COMMENT ON TABLE built.documents IS 'The documents with revision, currency and the day they were known';

-- Example: SELECT directorate, reported_quarter, document_role, document_path FROM documents WHERE is_current ORDER BY ALL
CREATE VIEW documents AS
SELECT
    document_id,
    document_path,
    sha256,
    kind,
    document_role,
    directorate,
    financial_year,
    reported_quarter,
    revision,
    is_current,
    is_replaced,
    received_on,
    status,
    council,
    directorate_text,
    title_text,
    period_text,
    period_source,
    known_on,
    known_on_assumed,
    origin,
    bytes,
    parts,
    place,
    directorate_place,
    period_place
FROM built.documents;
COMMENT ON VIEW documents IS 'One row per document: what it is, which period it reports on, and whether it is the current one of its directorate, period and role';
