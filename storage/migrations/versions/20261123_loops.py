"""How often a message may have arrived: what surely was not sent is no longer given up for it."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_loops'
down_revision = '20261123_localwords'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('outbox', sa.Column('doubts', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    op.drop_column('outbox', 'doubts')
