"""The list of tips a province sees because nobody opened them in time."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_lists'
down_revision = '20261123_queue'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_tip_escalated', 'tip',
        ['province_code', sa.literal_column('urgent DESC'), 'due_at', 'received_hour', 'id'],
        unique=False, postgresql_where=sa.text('escalated'),
    )


def downgrade() -> None:
    op.drop_index('ix_tip_escalated', table_name='tip')
