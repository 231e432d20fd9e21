"""Photographs: of a tip, and those that wait in a draft."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_photos'
down_revision = '20261123_lists'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'tip_photo',
        sa.Column('tip_id', sa.Uuid(), nullable=False),
        sa.Column('photo', sa.Uuid(), nullable=False),
        sa.Column('no', sa.Integer(), nullable=False),
        sa.Column('sealed', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ['tip_id'], ['tip.id'], name=op.f('fk_tip_photo_tip_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('tip_id', 'photo', 'no', name=op.f('pk_tip_photo')),
    )
    op.create_table(
        'draft_photo',
        sa.Column('photo', sa.Uuid(), nullable=False),
        sa.Column('no', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('sealed', sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint('photo', 'no', name=op.f('pk_draft_photo')),
    )
    op.create_index(op.f('ix_draft_photo_day'), 'draft_photo', ['day'])


def downgrade() -> None:
    op.drop_table('draft_photo')
    op.drop_table('tip_photo')
