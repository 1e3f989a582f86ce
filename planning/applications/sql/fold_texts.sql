-- Writes the words and the reference of each application of an edition, folded.
-- text, reference: SQL of a row's texts. Small letters, no accents, apostrophes or punctuation,
-- and 60 letters of a word: PostgreSQL refuses much longer ones. As `planning.applications.words`.
INSERT INTO planning_applicationtext (edition_id, feature_id, words, reference)
SELECT
    edition_id, id,
    array_to_tsvector(array_remove(regexp_split_to_array(
        regexp_replace(
            regexp_replace(
                normalize(lower(left({text}, 20000)), NFKD), '[\u0300-\u036f''’`]', '', 'g'
            ),
            '([[:alnum:]]{{60}})[[:alnum:]]+', '\1', 'g'
        ),
        '[^[:alnum:]]+'
    ), '')),
    left(regexp_replace(lower({reference}), '[^a-z0-9]', '', 'g'), 200)
FROM layers_feature
WHERE edition_id = {edition_id}
