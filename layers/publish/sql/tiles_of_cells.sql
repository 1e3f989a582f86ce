-- Writes the tiles of an edition's cells, each as a finished Mapbox Vector Tile that holds the same as
-- layers/sql/tile_cells.sql would count. edition_id, name: of the layer.
-- The ring of cells around a tile is in it too, so a cell at an edge is in two tiles, or in four.
INSERT INTO layers_celltile (edition_id, zoom, tile_column, tile_row, body)
SELECT
    %(edition_id)s, zoom, tile_column, tile_row,
    ST_AsMVT(
        (
            SELECT cell FROM (
                SELECT
                    ST_Point(
                        (cell_column - tile_column * 64) * 64
                            + least(63, floor((sum_x / count - cell_column) * 64)),
                        (cell_row - tile_row * 64) * 64
                            + least(63, floor((sum_y / count - cell_row) * 64))
                    ) AS "-geometry",
                    count
            ) AS cell
        ),
        %(name)s, 4096, '-geometry'
    )
FROM (
    SELECT *, generate_series((cell_row - 1) >> 6, (cell_row + 1) >> 6) AS tile_row
    FROM (
        SELECT *, generate_series((cell_column - 1) >> 6, (cell_column + 1) >> 6) AS tile_column
        FROM staged_cell
    ) AS beside
) AS around
WHERE tile_column BETWEEN 0 AND 2 ^ zoom - 1 AND tile_row BETWEEN 0 AND 2 ^ zoom - 1
GROUP BY zoom, tile_column, tile_row
