"""Copies of which nobody knows whether they arrived are counted."""

import sqlalchemy as sa
from alembic import op

revision = '20261124_notices'
down_revision = '20261123_loops'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        'chunk', sa.Column('ambiguous', sa.Integer(), server_default=sa.text('0'), nullable=False)
    )


def downgrade() -> None:
    op.drop_column('chunk', 'ambiguous')
