-- One feature as GeoJSON text without its closing brace, by where its row is: what `ctid AS address`
-- was a moment ago in the same statement. feature: a row as that text.
SELECT {feature}
FROM layers_feature AS shown
WHERE shown.edition_id = {edition_id} AND shown.ctid = numbered.address
