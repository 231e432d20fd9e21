"""Deliveries checked once a statement instead of once a row; unfinished messages found by chat."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_deliveries'
down_revision = '20261122_places'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_outbox_unfinished', 'outbox', ['address_mac', 'seq'],
        postgresql_where=sa.text("state IN ('due', 'sending')"),
    )
    op.drop_constraint('fk_delivery_campaign_id', 'delivery', type_='foreignkey')


def downgrade() -> None:
    op.drop_index('ix_outbox_unfinished', table_name='outbox')
    op.create_foreign_key(
        'fk_delivery_campaign_id', 'delivery', 'campaign', ['campaign_id'], ['id'], ondelete='CASCADE'
    )
