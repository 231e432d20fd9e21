"""Floods: tips that came in one hour with nearly the same text."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_floods'
down_revision = '20261123_corrections'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('tip', sa.Column('flood', sa.Uuid(), nullable=True))
    op.create_index(
        'ix_tip_flood', 'tip', ['flood'], postgresql_where=sa.text('flood IS NOT NULL')
    )
    op.create_index('ix_tip_hour', 'tip', ['station_code', 'received_hour'])


def downgrade() -> None:
    op.drop_index('ix_tip_hour', table_name='tip')
    op.drop_index('ix_tip_flood', table_name='tip')
    op.drop_column('tip', 'flood')
