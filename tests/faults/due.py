"""The moment since which the oldest piece of due work waits, by queries of the driver's own."""

from datetime import datetime

import psycopg

from tests.faults.plant import Plant

OLDEST = """
    SELECT due, kind FROM (
        SELECT due_at AS due, 'letter ' || lower(state) AS kind FROM letters_delivery
            WHERE state IN ('QUEUED', 'SENDING')
        UNION ALL SELECT launch_requested_at, 'launch' FROM campaigns_wave
            WHERE launched_at IS NULL
        UNION ALL SELECT greatest(opens_at, launched_at), 'opening' FROM campaigns_wave
            WHERE launched_at IS NOT NULL AND opened_at IS NULL AND closed_at IS NULL
        UNION ALL SELECT closed_at, 'seal' FROM campaigns_wave WHERE sealed_at IS NULL
        UNION ALL SELECT sealed_at, 'destroying keys' FROM campaigns_wave
            WHERE keys_destroyed_at IS NULL
        UNION ALL SELECT sealed_at, 'release' FROM campaigns_wave w
            WHERE NOT EXISTS (SELECT FROM aggregation_release r WHERE r.wave_id = w.id)
        UNION ALL SELECT t.occurred_at, 'admission' FROM campaigns_interaction t
            JOIN campaigns_invitation i ON i.interaction_id = t.id
            JOIN campaigns_wave w ON w.id = i.wave_id
            WHERE NOT i.is_admitted AND w.closed_at IS NULL
    ) AS work WHERE due <= now() ORDER BY due LIMIT 1
"""


def oldest_due(plant: Plant) -> tuple[datetime, str] | None:
    """Return since when the oldest due work waits and what it is; OSError if unknown."""
    try:
        with plant.connect() as connection:
            return connection.execute(OLDEST).fetchone()
    except psycopg.Error as error:
        raise OSError(str(error)) from error
